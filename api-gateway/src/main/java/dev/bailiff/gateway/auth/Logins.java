package dev.bailiff.gateway.auth;

/**
 * How users log in (admin-api 1.11).
 *
 * @param byPassword whether users log in by password
 * @param delegated whether another service handles logins; calls that change logins are not served
 *     then
 */
public record Logins(boolean byPassword, boolean delegated) {}
