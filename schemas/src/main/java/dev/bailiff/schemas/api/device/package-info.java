/** Replies about devices, their pushers and keys (admin-api 4.18 to 4.25). */
@NullMarked
package dev.bailiff.schemas.api.device;

import org.jspecify.annotations.NullMarked;
