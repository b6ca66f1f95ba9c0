"""Hand over to the app room."""

from tuopin_desktop.app.main import main

if __name__ == "__main__":
    raise SystemExit(main())
