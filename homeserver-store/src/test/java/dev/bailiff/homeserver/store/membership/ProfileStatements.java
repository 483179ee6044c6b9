package dev.bailiff.homeserver.store.membership;

import java.util.stream.Stream;

/** Gives tests of other packages access to the statements of {@link ProfilePropagation}. */
public final class ProfileStatements {

  private ProfileStatements() {}

  /** The statements that read. */
  public static Stream<String> all() {
    return Stream.of(ProfilePropagation.ROOMS, ProfilePropagation.CONTENTS);
  }
}
