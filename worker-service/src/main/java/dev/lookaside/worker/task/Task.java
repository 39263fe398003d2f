package dev.lookaside.worker.task;

/**
 * A kind of work. Declare an implementation as a bean and the worker serves it: {@code reverse abc}
 * reaches the task whose name is {@code reverse} with the argument {@code abc}.
 */
public interface Task {

  /** The first word of a request: lower-case letters, digits and dashes, unique in the worker. */
  String name();

  /** How to ask for it, such as {@code sleep <seconds, 0 to 3600>}. Shown in errors. */
  String usage();

  /**
   * Reads the argument and checks it, quickly: this runs on the thread of the transport.
   *
   * @param argument all that followed the name, without surrounding blanks; may be empty
   * @throws InvalidTaskException says what was given and what is allowed
   */
  Job prepare(String argument);
}
