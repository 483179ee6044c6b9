/** {@code redact-events}: redact events of users, room by room, newest first (admin-api 4.34). */
@NullMarked
package dev.bailiff.worker.kind.redaction;

import org.jspecify.annotations.NullMarked;
