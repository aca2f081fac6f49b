/* bcryptprimitives.dll for the tests: Wine 8 has none, and wheels written in Rust take their
   random numbers from it. Windows has its own; the portable folder carries no such file. */
#include <stddef.h>

__declspec(dllimport) unsigned char __stdcall SystemFunction036(void *buffer, unsigned long length);

__declspec(dllexport) int __stdcall ProcessPrng(unsigned char *buffer, size_t length)
{
    return SystemFunction036(buffer, (unsigned long)length);
}
