package dev.bailiff.worker.run.batch;

/**
 * Halves refused batches down to the one bad item. For one run alone. The size that a stage has
 * learned is right for all other batches. Trouble in another slot must not make a whole batch look
 * like one item. One thread.
 */
public final class BadItemSearch {
  private int most = Integer.MAX_VALUE;
  private boolean plansFirst;
  private boolean stageByStage;

  /**
   * The size of the next batch.
   *
   * @param size size of a batch outside a search
   */
  public int atMost(int size) {
    return Math.min(size, most);
  }

  /**
   * Halves a batch of this size that was refused.
   *
   * @return false if the batch was one item, which is the bad one
   */
  public boolean halve(int size) {
    if (size <= 1) {
      return false;
    }
    most = size / 2;
    return true;
  }

  /** From now on a plan is committed before the first batch. */
  public void planFirst() {
    plansFirst = true;
  }

  public boolean plansFirst() {
    return plansFirst;
  }

  /** From now on no stage is worked in the transaction of the stage before it. */
  public void stageByStage() {
    stageByStage = true;
  }

  public boolean isStageByStage() {
    return stageByStage;
  }

  /** Ends the search: the bad item is out of the way. */
  public void end() {
    most = Integer.MAX_VALUE;
  }
}
