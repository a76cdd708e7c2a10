"""Expedientes: folders of e-mails and documents as cases."""
