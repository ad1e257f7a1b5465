pytest_plugins = ["tests.engines.fixtures"]
