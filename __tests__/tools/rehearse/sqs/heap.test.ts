import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Heap, type HeapPlace } from '../../../../tools/rehearse/sqs/heap';
import { LinkedList, type ListPlace } from '../../../../tools/rehearse/sqs/linked-list';

/** A number is added, with its half as the moment; `undefined` takes out one of those that are there. */
const operations = fc.array(fc.oneof(fc.nat(40), fc.record({ delete: fc.nat() })), { maxLength: 200 });

test('a heap has the earliest first, and of several the one that was added first', () => {
  fc.assert(
    fc.property(operations, (steps) => {
      const heap = new Heap<number>();
      const model: HeapPlace<number>[] = [];
      const take = (index: number) => {
        const [place] = model.splice(index, 1);
        if (place) heap.delete(place);
      };
      for (const step of steps) {
        if (typeof step === 'number') {
          const place = heap.add(step, Math.floor(step / 2));
          const later = model.findIndex(({ at }) => at > place.at);
          model.splice(later === -1 ? model.length : later, 0, place);
        } else if (model.length > 0) take(step.delete % model.length);
        expect(heap.size).toBe(model.length);
        expect(heap.first()).toBe(model[0]);
      }
      while (model.length > 0) {
        expect(heap.first()).toBe(model[0]);
        take(0);
      }
      expect(heap.first()).toBeUndefined();
    }),
    { numRuns: 300 },
  );
});

test('a list keeps the order of adding, whatever is taken out', () => {
  fc.assert(
    fc.property(operations, (steps) => {
      const list = new LinkedList<number>();
      const model: ListPlace<number>[] = [];
      for (const step of steps) {
        if (typeof step === 'number') model.push(list.add(step));
        else {
          const [place] = model.splice(step.delete % Math.max(1, model.length), 1);
          if (place) list.delete(place);
        }
        expect([...list]).toEqual(model.map(({ item }) => item));
        expect(list.first()).toBe(model[0]?.item);
      }
    }),
    { numRuns: 100 },
  );
});
