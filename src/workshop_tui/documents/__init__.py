"""Account plans as documents: out of the house for an audience, and back in."""
