// Reads a QR code off the camera. Fetched together with the scanner only: the reader weighs as much as three screens.
import { decodeQR } from 'qr/decode.js';

const pause = 120; // milliseconds between two looks: quick for a person, and an old phone does not grow hot
const side = 720; // a printed code needs no more, and a larger picture only takes longer

// Why there is no picture, as the texts name it.
export type Blind = 'refused' | 'none' | 'busy';
export function blind(e: unknown): Blind {
  const name = e instanceof DOMException ? e.name : '';
  if (name === 'NotAllowedError' || name === 'SecurityError') return 'refused';
  return name === 'NotFoundError' || name === 'OverconstrainedError' ? 'none' : 'busy';
}

// The first code that stands before the camera and is not `but`, or nothing once `gone`. However this ends, the camera is off then.
export async function read(video: HTMLVideoElement, but: string, gone: AbortSignal): Promise<string> {
  const wish = { facingMode: 'environment', width: { ideal: 1280 }, height: { ideal: side } };
  const stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: wish });
  const stop = () => stream.getTracks().forEach((track) => track.stop());
  gone.addEventListener('abort', stop);
  try {
    if (gone.aborted) return ''; // left while the machine still asked
    const pen = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
    video.srcObject = stream;
    await video.play();
    for (; !gone.aborted; await new Promise((next) => setTimeout(next, pause))) {
      // Pulled out, or taken by another program.
      if (stream.getTracks().some((track) => track.readyState === 'ended')) throw new DOMException('', 'NotReadableError');
      const text = look(video, pen);
      if (text && text !== but) return text;
    }
    return '';
  } finally {
    stop();
  }
}

// What stands in the middle of the picture, where the frame on the screen is.
function look(video: HTMLVideoElement, pen: CanvasRenderingContext2D | null): string {
  const from = Math.min(video.videoWidth, video.videoHeight);
  if (!pen || !from) return '';
  const size = (pen.canvas.width = pen.canvas.height = Math.min(from, side));
  pen.drawImage(video, (video.videoWidth - from) / 2, (video.videoHeight - from) / 2, from, from, 0, 0, size, size);
  try {
    return decodeQR(pen.getImageData(0, 0, size, size));
  } catch {
    return ''; // no code there, or not whole yet
  }
}
