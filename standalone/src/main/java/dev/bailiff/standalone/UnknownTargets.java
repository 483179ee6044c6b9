package dev.bailiff.standalone;

import dev.bailiff.schemas.api.TargetReply;
import dev.bailiff.standalone.client.JobRequests;
import java.util.List;
import java.util.stream.Stream;

/** Targets and rooms of a job that the homeserver does not know; most of them are mistyped. */
final class UnknownTargets {
  /** Only so many targets of a longer job are checked, because nobody reads more. */
  private static final int LOOKED_AT = 100;

  private static final int SHOWN = 10;

  private UnknownTargets() {}

  /** Lines that list the unknown names; empty if the homeserver knows all names. */
  static List<String> lines(JobRequests calls, String job) {
    return of(JobRequests.as(TargetReply.class, calls.targets(job, LOOKED_AT)));
  }

  /** The lines for the first {@value #LOOKED_AT} targets of a job. */
  static List<String> of(List<TargetReply> targets) {
    var unknown =
        Stream.concat(
                targets.stream()
                    .filter(target -> "false".equals(target.facts().get("known")))
                    .map(TargetReply::target),
                targets.stream()
                    .flatMap(target -> Stream.ofNullable(target.facts().get("unknown_rooms")))
                    .flatMap(rooms -> Stream.of(rooms.split(" "))))
            .distinct()
            .toList();
    return unknown.isEmpty()
        ? List.of()
        : Stream.concat(
                Stream.of(
                    targets.size() < LOOKED_AT
                        ? "not known to the homeserver:"
                        : "not known to the homeserver, of the first " + LOOKED_AT + ":"),
                unknown.stream().limit(SHOWN).map(name -> "  " + name))
            .toList();
  }
}
