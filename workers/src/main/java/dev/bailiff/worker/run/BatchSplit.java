package dev.bailiff.worker.run;

/**
 * Halves refused batches down to the one bad item. Of one run alone: the size that a stage has
 * learned is right for all other batches, and another slot's trouble must not make a whole batch
 * look like one item.
 */
final class BatchSplit {
  private int most = Integer.MAX_VALUE;
  private boolean plansFirst;
  private boolean stageByStage;

  /** The size of the next batch, of the size it would have. */
  int of(int size) {
    return Math.min(size, most);
  }

  /**
   * A batch of this size was refused.
   *
   * @return false if it was one item, which is the bad one
   */
  boolean halve(int size) {
    if (size <= 1) {
      return false;
    }
    most = size / 2;
    return true;
  }

  /** From now on a plan is committed before the first batch. */
  void planFirst() {
    plansFirst = true;
  }

  /** From now on no stage is worked in the transaction of the stage before it. */
  void stageByStage() {
    stageByStage = true;
  }

  boolean isStageByStage() {
    return stageByStage;
  }

  boolean plansFirst() {
    return plansFirst;
  }

  /** The bad item is out of the way. */
  void end() {
    most = Integer.MAX_VALUE;
  }
}
