import 'server-only';
import { roomFault } from '#domain/evidence-quota.ts';
import { evidenceTypeOf } from '#domain/evidence-types.ts';
import { invalid } from '#services/errors.ts';
import type { IncomingContext } from './evidence-context.ts';
import type { EvidenceRoom } from './evidence-room.ts';

/** Bytes and pieces that uploads under way will take. */
export type UnderWay = { count: number; bytes: number };

/**
 * What can be known before a byte came in, or before one is kept: whether files are taken at all, of this kind and size,
 * and whether the assessment has room for it beside what is on its way.
 * @throws invalid with `fields.file`: no_scanner, type_not_allowed, empty, file_too_large, or a `RoomFault`
 */
export function checkIncoming(
  { limits, scanner }: Pick<IncomingContext, 'limits' | 'scanner'>,
  room: EvidenceRoom,
  file: { fileName: string; size: number },
  underWay: UnderWay = { count: 0, bytes: 0 },
) {
  const fault = faultOf();
  if (fault) throw invalid({ file: fault });

  function faultOf() {
    if (!scanner) return 'no_scanner';
    if (!evidenceTypeOf(file.fileName)) return 'type_not_allowed';
    if (file.size === 0) return 'empty';
    if (file.size > limits.file) return 'file_too_large';
    const held = {
      count: room.count + underWay.count,
      assessment: room.bytes + underWay.bytes,
      organisation: room.organisationBytes + underWay.bytes,
    };
    return roomFault(held, limits, file.size);
  }
}
