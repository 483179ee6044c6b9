/**
 * Identity servers, which know third-party ids of our users and must be told when an account is
 * closed (admin-api 4.7, step 1). A port with an implementation over HTTP; without configured
 * servers there is nothing to unbind.
 */
@NullMarked
package dev.bailiff.homeserver.store.identity;

import org.jspecify.annotations.NullMarked;
