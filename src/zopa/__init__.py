"""Zopa: zone of possible agreement.

From what is said about a negotiation to a sourced case, and from the case to exact answers with their
assumptions in view.
"""

__version__ = "0.1.0"

__all__ = ["__version__"]
