#pragma once

#include "../posix_calls.h"
