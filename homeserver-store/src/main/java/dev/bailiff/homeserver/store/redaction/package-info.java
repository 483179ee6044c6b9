/** Redactions of users' events: the plan, the batches and the verdict (admin-api 4.34). */
@NullMarked
package dev.bailiff.homeserver.store.redaction;

import org.jspecify.annotations.NullMarked;
