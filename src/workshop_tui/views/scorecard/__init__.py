"""The views of the scorecard."""
