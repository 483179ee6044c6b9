/**
 * Identity servers, at which the third-party ids of an account are unbound when the account is
 * closed (admin-api 4.7, step 1). The package has a port and an implementation over HTTP; without
 * configured servers there is nothing to unbind.
 */
@NullMarked
package dev.bailiff.homeserver.store.identity;

import org.jspecify.annotations.NullMarked;
