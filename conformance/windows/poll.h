#pragma once

#include "posix_calls.h"

#define poll WSAPoll
