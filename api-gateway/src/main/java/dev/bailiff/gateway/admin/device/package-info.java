/** Devices of a user, their keys and pushers (admin-api 4.18 to 4.25). */
@NullMarked
package dev.bailiff.gateway.admin.device;

import org.jspecify.annotations.NullMarked;
