// What the steps of gridMatch take on a device.

/** Milliseconds of the steps. */
export interface GridMatchTimes {
  /** Outputs, expected grids and index to the device. */
  readonly upload: number;
  /** The kernel, on data that is there. */
  readonly kernel: number;
  /** The result to the host. */
  readonly readback: number;
  /** A copy of the outputs to another place on the device: as many bytes read, and as many written. */
  readonly copy: number;
  /** Whether the device itself timed kernel and copy; else they are as the host saw them. */
  readonly byDevice: boolean;
}
