/** Events and state of a room, read one by one or in pages (admin-api 5.7, 5.8, 5.42 to 5.46). */
@NullMarked
package dev.bailiff.gateway.admin.event;

import org.jspecify.annotations.NullMarked;
