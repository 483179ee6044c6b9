package dev.bailiff.homeserver.synapse.http;

/** Synapse answered a call with an error that the caller has no use for. */
public final class UnexpectedAnswerException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Answer answer;

  public UnexpectedAnswerException(Answer answer) {
    super(answer.status() + " " + answer.errcode() + ": " + answer.error());
    this.answer = answer;
  }

  /** The answer. */
  public Answer answer() {
    return answer;
  }
}
