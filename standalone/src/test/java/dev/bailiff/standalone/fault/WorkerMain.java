package dev.bailiff.standalone.fault;

import dev.bailiff.worker.WorkerApplication;

/** Runs a worker; the arguments are {@code server worker.yml}. */
public final class WorkerMain {
  private WorkerMain() {}

  public static void main(String[] args) throws Exception {
    new WorkerApplication().run(args);
  }
}
