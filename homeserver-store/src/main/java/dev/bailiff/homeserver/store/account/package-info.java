/**
 * Accounts as the calls of the gateway read and change them (admin-api 4.1 to 4.4, 4.8 to 4.12,
 * 4.26 to 4.33, 5.26 to 5.29, 5.32). The gateway validates the requests.
 */
@NullMarked
package dev.bailiff.homeserver.store.account;

import org.jspecify.annotations.NullMarked;
