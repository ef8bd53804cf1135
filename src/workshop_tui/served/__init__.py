"""The app in a browser: who may come in, what each window may do, and that nothing is left behind."""
