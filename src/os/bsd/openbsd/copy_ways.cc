#include "os/bsd/copy_by_hand_only.h"

namespace violet {

bool path_of_file(int, FilePath&) {
  return false;
}

}  // namespace violet
