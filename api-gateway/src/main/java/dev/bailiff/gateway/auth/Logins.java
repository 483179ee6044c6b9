package dev.bailiff.gateway.auth;

/**
 * How users log in (admin-api 1.11).
 *
 * @param byPassword whether passwords are taken
 * @param delegated whether another service has the logins; calls that change them are not served
 */
public record Logins(boolean byPassword, boolean delegated) {}
