/* A star of links between network namespaces: every packet that one port sends to another is lost, queued and delayed as
 * the port at the client's end says. Port 0 is the server's and adds nothing.
 *
 *   emu CONFIG [CAPTURE.pcap]
 *
 * CONFIG has a line for each port: NAMESPACE ADDRESS DELAY_US LOSS JITTER_US RATE_BPS LIMIT_BYTES SEED
 * It says `ready`, and ends with its standard input. */
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/if.h>
#include <linux/if_tun.h>
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/timerfd.h>
#include <time.h>
#include <unistd.h>

#define MAX_PORTS 64
enum { UP, DOWN };

struct direction { uint64_t random; int64_t busy_until, last_due; };
struct port {
  int fd;
  uint32_t address;
  int64_t delay_ns, jitter_ns, rate, limit;
  double loss;
  struct direction dir[2];
};
struct packet { int64_t due, order; int to, size; unsigned char *bytes; };

static struct port ports[MAX_PORTS];
static int count;
static struct packet *heap;
static int used, room;
static int64_t order;
static FILE *capture;

static int64_t now_ns(void) {
  struct timespec t;
  clock_gettime(CLOCK_MONOTONIC, &t);
  return t.tv_sec * 1000000000LL + t.tv_nsec;
}

/* splitmix64 */
static double uniform(uint64_t *state) {
  uint64_t z = (*state += 0x9e3779b97f4a7c15ULL);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
  return (double)((z ^ (z >> 31)) >> 11) / 9007199254740992.0;
}

static int before(const struct packet *a, const struct packet *b) {
  return a->due != b->due ? a->due < b->due : a->order < b->order;
}
static void push(struct packet p) {
  if (used == room) heap = realloc(heap, sizeof *heap * (room = room ? 2 * room : 4096));
  int at = used++;
  while (at && before(&p, &heap[(at - 1) / 2])) { heap[at] = heap[(at - 1) / 2]; at = (at - 1) / 2; }
  heap[at] = p;
}
static struct packet pop(void) {
  struct packet top = heap[0], last = heap[--used];
  int at = 0;
  for (int child; (child = 2 * at + 1) < used; at = child) {
    if (child + 1 < used && before(&heap[child + 1], &heap[child])) child++;
    if (!before(&heap[child], &last)) break;
    heap[at] = heap[child];
  }
  if (used) heap[at] = last;
  return top;
}

static int open_tun(const char *namespace) {
  char path[128];
  int home = open("/proc/self/ns/net", O_RDONLY);
  snprintf(path, sizeof path, "/var/run/netns/%s", namespace);
  int there = open(path, O_RDONLY);
  if (there < 0 || setns(there, 0)) { perror(path); exit(1); }
  int fd = open("/dev/net/tun", O_RDWR | O_NONBLOCK);
  struct ifreq request = {.ifr_flags = IFF_TUN | IFF_NO_PI};
  strcpy(request.ifr_name, "tun0");
  if (fd < 0 || ioctl(fd, TUNSETIFF, &request)) { perror("tun"); exit(1); }
  setns(home, 0);
  close(there);
  close(home);
  return fd;
}

static void record(const unsigned char *bytes, int size, int64_t at, int lost) {
  if (!capture) return;
  uint32_t head[4] = {at / 1000000000, at % 1000000000 / 1000, size < 128 ? size : 128, size};
  /* A lost packet is told by a time to live of one. */
  unsigned char copy[128];
  memcpy(copy, bytes, head[2]);
  if (lost) copy[8] = 1;
  fwrite(head, sizeof head, 1, capture);
  fwrite(copy, head[2], 1, capture);
}

static void take(int from, unsigned char *bytes, int size) {
  if ((bytes[0] >> 4) != 4) return;
  uint32_t destination;
  memcpy(&destination, bytes + 16, 4);
  int to = -1;
  for (int i = 0; i < count; i++) if (ports[i].address == destination) to = i;
  if (to < 0) return;
  int64_t at = now_ns(), due = at;
  int via = from ? from : to, direction = from ? UP : DOWN;
  struct port *port = &ports[via];
  struct direction *d = &port->dir[direction];
  int lost = uniform(&d->random) < port->loss;
  if (port->rate && port->limit && d->busy_until > at && (d->busy_until - at) * port->rate / 8000000000LL + size > port->limit)
    lost = 1;
  record(bytes, size, at, lost);
  if (lost) return;
  if (port->rate) {
    if (d->busy_until < at) d->busy_until = at;
    d->busy_until += (int64_t)size * 8 * 1000000000LL / port->rate;
    due = d->busy_until;
  }
  due += port->delay_ns;
  if (port->jitter_ns) due += (int64_t)((2 * uniform(&d->random) - 1) * port->jitter_ns);
  if (due < d->last_due) due = d->last_due;
  d->last_due = due;
  unsigned char *copy = malloc(size);
  memcpy(copy, bytes, size);
  push((struct packet){due, order++, to, size, copy});
}

int main(int argc, char **argv) {
  FILE *config = fopen(argc > 1 ? argv[1] : "", "r");
  if (!config) { fprintf(stderr, "emu: usage: emu CONFIG [CAPTURE.pcap]\n"); return 2; }
  if (argc > 2) {
    capture = fopen(argv[2], "w");
    setvbuf(capture, NULL, _IOFBF, 1 << 24);
    uint32_t head[6] = {0xa1b2c3d4, 2 | 4 << 16, 0, 0, 65535, 101};
    fwrite(head, sizeof head, 1, capture);
  }
  char namespace[64], address[64];
  double delay_us, jitter_us;
  unsigned long seed;
  struct port *p = ports;
  int events = epoll_create1(0);
  while (fscanf(config, "%63s %63s %lf %lf %lf %ld %ld %lu", namespace, address, &delay_us, &p->loss, &jitter_us, &p->rate,
                &p->limit, &seed) == 8) {
    p->delay_ns = delay_us * 1000;
    p->jitter_ns = jitter_us * 1000;
    p->address = inet_addr(address);
    p->fd = open_tun(namespace);
    p->dir[UP].random = seed * 2 + 1;
    p->dir[DOWN].random = (seed * 2 + 2) * 0x2545F4914F6CDD1DULL;
    struct epoll_event e = {.events = EPOLLIN, .data.u32 = count};
    epoll_ctl(events, EPOLL_CTL_ADD, p->fd, &e);
    p = &ports[++count];
  }
  int timer = timerfd_create(CLOCK_MONOTONIC, TFD_NONBLOCK);
  struct epoll_event e = {.events = EPOLLIN, .data.u32 = MAX_PORTS};
  epoll_ctl(events, EPOLL_CTL_ADD, timer, &e);
  e.data.u32 = MAX_PORTS + 1;
  epoll_ctl(events, EPOLL_CTL_ADD, 0, &e);
  mlockall(MCL_CURRENT | MCL_FUTURE);
  sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){.sched_priority = 80});
  printf("ready\n");
  fflush(stdout);
  static unsigned char buffer[65536];
  for (;;) {
    while (used && heap[0].due <= now_ns()) {
      struct packet packet = pop();
      if (write(ports[packet.to].fd, packet.bytes, packet.size) < 0 && errno != EAGAIN) perror("write");
      free(packet.bytes);
    }
    struct itimerspec until = {0};
    if (used) { until.it_value.tv_sec = heap[0].due / 1000000000; until.it_value.tv_nsec = heap[0].due % 1000000000; }
    timerfd_settime(timer, TFD_TIMER_ABSTIME, &until, NULL);
    struct epoll_event ready[16];
    int n = epoll_wait(events, ready, 16, -1);
    for (int i = 0; i < n; i++) {
      uint32_t who = ready[i].data.u32;
      if (who < MAX_PORTS) {
        for (int k = 0, size; k < 64 && (size = read(ports[who].fd, buffer, sizeof buffer)) > 0; k++) take(who, buffer, size);
      } else if (who == MAX_PORTS) {
        uint64_t ticks;
        if (read(timer, &ticks, sizeof ticks) < 0 && errno != EAGAIN) perror("timer");
      } else {
        if (capture) fclose(capture);
        return 0;
      }
    }
  }
}
