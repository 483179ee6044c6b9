package dev.bailiff.schemas.api.session;

import java.util.List;

/** The ways to log in here (admin-api 5.31). */
public record LoginFlowsReply(List<LoginFlow> flows) {

  /**
   * A way to log in.
   *
   * @param type such as {@code m.login.password}
   */
  public record LoginFlow(String type) {}
}
