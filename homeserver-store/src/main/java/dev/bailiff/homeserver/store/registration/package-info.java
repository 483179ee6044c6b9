/**
 * Registration tokens (admin-api 5.38). Bailiff does not register users; it only stores the tokens.
 */
@NullMarked
package dev.bailiff.homeserver.store.registration;

import org.jspecify.annotations.NullMarked;
