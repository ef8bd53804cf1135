"""One module per schema there has been; never changed afterwards."""
