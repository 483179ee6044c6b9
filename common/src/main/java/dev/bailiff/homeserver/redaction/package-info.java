/** What the port needs to redact the events of users. */
@NullMarked
package dev.bailiff.homeserver.redaction;

import org.jspecify.annotations.NullMarked;
