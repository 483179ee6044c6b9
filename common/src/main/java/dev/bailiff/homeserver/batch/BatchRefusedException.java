package dev.bailiff.homeserver.batch;

/**
 * The homeserver refuses a batch because of its content (a value it cannot store, a broken
 * constraint). A repetition changes nothing: the engine splits the batch down to the bad item.
 * Nothing of the batch was kept.
 */
public final class BatchRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BatchRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
