"""Onboarding: a new engineer has training, answers and every resource to be productive."""
