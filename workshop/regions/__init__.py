"""What each audience sees: importing this registers every region."""
import importlib
import pkgutil

for found in pkgutil.walk_packages(__path__, f"{__name__}."):
    importlib.import_module(found.name)
