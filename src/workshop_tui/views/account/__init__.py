"""The account looked back on: what moved, what was kept, who meets whom, what to do next."""
