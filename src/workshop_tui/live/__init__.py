"""The open plan as several people change it. Knows asyncio, not Textual."""
