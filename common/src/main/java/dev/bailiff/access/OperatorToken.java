package dev.bailiff.access;

/**
 * A valid token as a call uses it.
 *
 * @param id the first 16 hexadecimal digits of its digest
 */
public record OperatorToken(String id, String name, TokenTerms terms) {}
