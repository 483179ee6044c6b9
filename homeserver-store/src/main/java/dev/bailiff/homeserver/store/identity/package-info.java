/**
 * Identity servers, at which the third-party ids of an account are unbound when it is closed
 * (admin-api 4.7, step 1). A port with an implementation over HTTP; without configured servers
 * there is nothing to unbind.
 */
@NullMarked
package dev.bailiff.homeserver.store.identity;

import org.jspecify.annotations.NullMarked;
