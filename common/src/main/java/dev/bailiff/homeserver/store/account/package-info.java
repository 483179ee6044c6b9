/**
 * Accounts as the light calls of the gateway read and change them (admin-api 4.1 to 4.3, 4.11,
 * 5.32). Deactivation is a job and lives one package up; validation of requests is the gateway's.
 */
@NullMarked
package dev.bailiff.homeserver.store.account;

import org.jspecify.annotations.NullMarked;
