/** Information about the server itself (admin-api 5.25). */
@NullMarked
package dev.bailiff.gateway.admin.server;

import org.jspecify.annotations.NullMarked;
