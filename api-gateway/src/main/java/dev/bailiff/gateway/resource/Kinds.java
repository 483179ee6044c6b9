package dev.bailiff.gateway.resource;

import dev.bailiff.job.JobKind;

/** The kinds that calls of the admin API submit. */
final class Kinds {
  static final JobKind DEACTIVATE_USERS = new JobKind("deactivate-users");
  static final JobKind DELETE_ROOMS = new JobKind("delete-rooms");
  static final JobKind REDACT_EVENTS = new JobKind("redact-events");

  private Kinds() {}
}
