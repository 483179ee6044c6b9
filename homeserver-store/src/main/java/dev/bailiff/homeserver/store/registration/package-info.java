/** Registration tokens (admin-api 5.38). Bailiff registers nobody; it keeps the tokens. */
@NullMarked
package dev.bailiff.homeserver.store.registration;

import org.jspecify.annotations.NullMarked;
