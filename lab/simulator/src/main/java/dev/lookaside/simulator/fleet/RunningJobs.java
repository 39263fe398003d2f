package dev.lookaside.simulator.fleet;

import java.util.Arrays;

/** A heap of running requests by finish, from which any can be removed. */
final class RunningJobs {
  private Request[] heap = new Request[16];
  private int size;

  int size() {
    return size;
  }

  /** The one that finishes first. There must be one. */
  Request first() {
    return heap[0];
  }

  Request any() {
    return heap[size - 1];
  }

  boolean contains(Request request) {
    return request.place >= 0 && request.place < size && heap[request.place] == request;
  }

  void add(Request request) {
    if (size == heap.length) {
      heap = Arrays.copyOf(heap, 2 * size);
    }
    siftUp(request, size++);
  }

  void remove(Request request) {
    int place = request.place;
    request.place = -1;
    Request last = heap[--size];
    heap[size] = request;
    if (last != request) {
      siftUp(last, place);
      siftDown(last, last.place);
    }
  }

  private void siftUp(Request request, int from) {
    int place = from;
    while (place > 0) {
      Request parent = heap[(place - 1) >>> 1];
      if (parent.finish <= request.finish) {
        break;
      }
      put(parent, place);
      place = (place - 1) >>> 1;
    }
    put(request, place);
  }

  private void siftDown(Request request, int from) {
    int place = from;
    for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
      if (child + 1 < size && heap[child + 1].finish < heap[child].finish) {
        child++;
      }
      if (heap[child].finish >= request.finish) {
        break;
      }
      put(heap[child], place);
      place = child;
    }
    put(request, place);
  }

  private void put(Request request, int place) {
    heap[place] = request;
    request.place = place;
  }
}
