# A web server by httpuv at a port: files, what was posted, and websockets that send all back.
#
# usage: Rscript httpuv.R PORT FOLDER. It ends when /quit is asked for.
library(httpuv)

arguments <- commandArgs(trailingOnly = TRUE)
quit <- FALSE
application <- list(
  staticPaths = list("/files" = arguments[2]),
  call = function(request) {
    if (request$PATH_INFO == "/quit") quit <<- TRUE
    body <- request$rook.input$read()
    list(status = 200L, headers = list("Content-Type" = "application/octet-stream"), body = body)
  },
  onWSOpen = function(socket) {
    socket$onMessage(function(binary, message) socket$send(message))
  }
)
server <- startServer("127.0.0.1", as.integer(arguments[1]), application)
cat("ready\n")
while (!quit) service(100)
service(100)
stopServer(server)
cat("stopped\n")
