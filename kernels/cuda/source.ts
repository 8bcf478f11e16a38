// The kernels, as one program for nvrtc.
import { GRID_MATCH_CUDA } from '../gridMatch/cuda.ts';
import { OUTPUT_KEY_CUDA } from '../outputKey/cuda.ts';
import { SCORE_TABLE_CUDA } from '../scoreTable/cuda.ts';

/** CUDA C without any include. */
export const CUDA_SOURCE: string = GRID_MATCH_CUDA + SCORE_TABLE_CUDA + OUTPUT_KEY_CUDA;
